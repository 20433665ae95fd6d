export const lotteries = {
  title: 'Todas las loterías',
  description: 'Todas las loterías desde la primera, con su estado y su número de papeletas.',
  filter: 'Estado',
  every: 'Todas',
  none: 'Todavía no hay ninguna lotería de este tipo.',
  older: 'Loterías más antiguas',
  newest: 'Volver a las más recientes',
};
