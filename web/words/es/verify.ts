import type { VerifyWords } from '../en/verify';

export const verify = {
  title: 'Comprueba tú el sorteo',
  lead: 'Tu navegador rehace todos los cálculos del sorteo con los archivos publicados. No se envía nada a ningún sitio.',
  noScript: 'La comprobación se hace en tu navegador, así que necesita JavaScript. Los programas no:',
  ofDay: {
    title: 'La lotería de un día',
    date: 'Día (UTC)',
    placeholder: 'AAAA-MM-DD',
    missing: 'Elige antes un día.',
  },
  ofFiles: {
    title: 'Archivos que tienes',
    lead: 'El paquete basta para el ganador. Con la lista se comprueban todas las papeletas, y con tu recibo, si la tuya estaba en ella.',
    drop: 'Suelta aquí bundle.json, ballots.txt, receipt.json o proof.json, o elígelos',
    check: 'Comprobar estos archivos',
    remove: 'Quitar',
    unknown: '{name} no es ninguno de los cuatro.',
    needBundle: 'Falta el paquete: bundle.json contiene el sorteo.',
    parts: { bundle: 'Paquete', ballots: 'Papeletas', receipt: 'Recibo', proof: 'Prueba' },
  },
  key: {
    title: 'La clave del operador',
    lead: 'Es la única clave en la que se confía. Compárala con una obtenida en otra parte: unas bases impresas, un amigo que preguntó desde otra red.',
    label: 'Clave de verificación',
    first:
      'La clave del operador: vista hoy por primera vez. Queda guardada en este navegador; si cambia, se avisará bien alto.',
    same: 'La clave del operador: la misma que el {date}.',
    changed: 'LA CLAVE HA CAMBIADO.',
    changedWhy:
      'El {date} era otra. Los operadores anuncian una clave nueva con días de antelación. Si esta no se anunció, puede que alguien te esté mintiendo: guarda ambas y pregunta a otros qué ven.',
    now: 'Ahora: {key}',
    kept: 'Guardada: {key}',
    accept: 'La he comparado: confiar también en la clave nueva',
    own: 'Escrita por ti.',
    toKeep:
      'Este navegador no la había visto. Se guardará cuando un sorteo supere con ella la comprobación; desde entonces, si cambia, se avisará bien alto.',
    notKept:
      'La clave del operador. Este navegador no guarda nada, así que no puede notar un cambio: compara la clave cada vez.',
    asking: 'Pidiendo la clave …',
    noAnswer: 'Se pidió al servicio su clave y no la dio, así que no se ha podido comparar.',
    ask: 'Pedirla otra vez',
    needed: 'Sin una clave no se puede comprobar nada. Pídela otra vez.',
    missing: 'Hace falta una clave, con la forma nombre+id+base64.',
    other:
      'Este sorteo está firmado con una clave en la que no confías: {key}. Si la has comparado en otra parte, ponla en el campo de arriba.',
  },
  run: {
    check: 'Comprobar en este navegador',
    again: 'Comprobar otra vez',
    stop: 'Parar',
    starting: 'Leyendo el paquete …',
    progress: '{lines} de {total} papeletas',
    gone: 'Hay una versión nueva de esta página: cárgala otra vez y comprueba.',
    unusable: 'No se pudo empezar la comprobación: {reason}',
  },
  verdict: {
    holds: 'Todo lo que se comprobó es correcto.',
    fails: 'El sorteo NO supera la comprobación.',
    undrawn: 'Todo lo que se comprobó es correcto; el sorteo aún no se ha celebrado.',
  },
  labels: { checked: 'COMPROBADO', failed: 'FALLA', 'not-checked': 'SIN COMPROBAR' },
  result: 'Resultado',
  commandLine: 'Las mismas líneas, como las muestra la línea de comandos',
  without: {
    title: 'Hazlo sin nosotros',
    lead: 'Un comprobador que viene del operador el día de la disputa demuestra poco. Guarda uno de antes, o usa uno que no podamos cambiar.',
    file: 'Esta página en un solo archivo',
    fileHow: 'Guárdalo una vez; funciona desde tu disco, sin conexión. Su SHA-256:',
    open: 'Abrirla aquí',
    yourKey: 'la clave, de otra parte',
    program: 'En la línea de comandos',
    programHow: 'Dos verificadores escritos por separado, en JavaScript y en Python, muestran las mismas líneas:',
  },
  file: {
    saved: 'Has abierto esta página desde tu disco: hoy no ha venido de nadie.',
    served: 'Esta página vino de un servidor. Guárdala, anota su SHA-256 y ábrela desde tu disco la próxima vez.',
    language: 'English',
    offline: 'Funciona sin conexión y su política no permite conectarse a ningún sitio.',
  },
} satisfies VerifyWords;
