// Runs before the page is painted, so that nobody sees the other theme for a moment. A script of its own, no module: modules wait.
(() => {
  try {
    const chosen = localStorage.getItem('theme');
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset['theme'] = chosen;
  } catch {
    // Storage is forbidden: then the system's theme it is.
  }
})();
