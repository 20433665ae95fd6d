export const how = {
  title: 'Cómo funciona',
  description: 'Cómo se hace un sorteo, qué garantiza su prueba y qué no puede garantizar.',
  lead: 'No hace falta que confíes en nosotros para el sorteo. Esto es lo que puedes comprobar, y dónde sigue haciendo falta confianza.',
  steps: {
    title: 'Cómo transcurre un día',
    items: [
      {
        title: 'Se firman las reglas',
        text: 'Antes de la primera papeleta, el servicio firma una nota: las reglas, la hora de cierre y un compromiso con su propio secreto.',
      },
      {
        title: 'Cada papeleta recibe un lugar',
        text: 'Las papeletas van a una lista numerada sin huecos. Tu recibo dice qué lugar es el tuyo, y está firmado.',
      },
      {
        title: 'Se sella la lista',
        text: 'Cuando termina el día, la lista se cierra con una huella firmada. Quien cambia un byte cambia la huella.',
      },
      {
        title: 'Decide un valor aleatorio',
        text: 'Donde se usa una baliza pública, su valor viene de muchas organizaciones independientes, después del sellado.',
      },
      {
        title: 'Cualquiera calcula el ganador',
        text: 'Entran la lista y el valor aleatorio, sale el ganador: el mismo para todos los que lo calculan.',
      },
    ],
  },
  sure: {
    title: 'Qué garantiza la prueba',
    items: [
      'Tu papeleta está en la lista sellada, en el lugar que indica tu recibo, o tu recibo demuestra que hicimos trampa.',
      'Ninguna papeleta se añadió, se quitó ni se movió después del sello.',
      'El ganador se deduce de la lista sellada y del valor aleatorio, con una aritmética publicada.',
      'Todo lo que hemos firmado alguna vez sobre un sorteo está en un diario que solo crece.',
      'Con el nivel A, nadie podía conocer el valor aleatorio cuando se selló la lista.',
    ],
  },
  unsure: {
    title: 'Qué no puede garantizar',
    items: [
      'Que cada jugador sea una persona distinta: la prueba conoce seudónimos, no personas.',
      'Que aceptemos todas las papeletas: sin recibo no tienes prueba de haberlo pedido.',
      'Que el operador no haya jugado con cuentas propias. Con el nivel C podía incluso conocer el resultado de antemano.',
      'Que veas las mismas listas que los demás, salvo que compares: guarda una copia de nuestra clave y de un punto de control.',
      'Que se pague un premio: la prueba dice quién ha ganado, no lo que hace nadie.',
    ],
  },
  do: {
    title: 'Qué puedes hacer',
    items: [
      'Guarda tus recibos. Son tuyos, y son una prueba.',
      'Apunta nuestra clave pública, o guárdala en otro sitio, y compárala más adelante.',
      'Comprueba un sorteo en un dispositivo tuyo, con la lista que has descargado.',
    ],
    key: 'Nuestra clave pública',
    lotteries: 'Elegir un sorteo para comprobar',
  },
};
