export const layout = {
  name: 'Lotería Abierta',
  motto: 'Una lotería diaria cuyo sorteo cualquiera puede comprobar.',
  skip: 'Saltar al contenido',
  menu: 'Páginas',
  languages: 'Idioma',
  language: 'Español',
  theme: 'Claro u oscuro',
  nav: {
    home: 'Hoy',
    lotteries: 'Todas las loterías',
    pools: 'Fondos',
    verify: 'Comprobar un sorteo',
    how: 'Cómo funciona',
    account: 'Tu cuenta',
    admin: 'Administración',
  },
  footer: {
    api: 'Para programas: la API',
    keys: 'Nuestra clave pública',
    journal: 'Diario firmado',
  },
  state: {
    open: 'Abierta',
    sealed: 'Sellada, pendiente de sorteo',
    drawn: 'Sorteada',
    void: 'Nula',
  },
  errors: {
    '404': {
      title: 'Esta página no existe',
      text: 'Puede que la dirección tenga un error o que ese día no hubiera lotería.',
    },
    '429': {
      title: 'Demasiadas peticiones',
      text: 'Tu red pide más rápido de lo permitido. Espera unos segundos y vuelve a cargar la página.',
    },
    '503': {
      title: 'No disponible en este momento',
      text: 'El servicio está ocupado o no alcanza su base de datos. No se pierde nada: las papeletas y los sorteos se conservan. Inténtalo de nuevo en un minuto.',
    },
    '500': {
      title: 'Algo ha fallado por nuestra parte',
      text: 'Ha quedado registrado. Inténtalo de nuevo; si sigue igual, indica al operador la hora y la dirección de esta página.',
    },
    next: 'Qué puedes hacer ahora',
    today: 'Ver la lotería de hoy',
    all: 'Ver todas las loterías',
    again: 'Volver a cargar esta página',
  },
};
