/**
 * The sentences of the verifier (verifier/core/texts.mjs) in Spanish. English readers get the verifier's own. A reason why
 * a check failed stays in English, as does what the command line prints.
 */
export const verifierLines: Readonly<Record<string, string>> = {
  'the bundle is complete and well formed': 'el paquete está completo y bien formado',
  'the bundle is signed by the key that you gave': 'el paquete está firmado con la clave que diste',
  'the open note is signed': 'la nota de apertura está firmada',
  'the open note is well formed': 'la nota de apertura está bien formada',
  'the seal note is signed': 'la nota de sellado está firmada',
  'the seal note belongs to the open note': 'la nota de sellado corresponde a la de apertura',
  'the sealed tree has a signed checkpoint': 'el árbol sellado tiene un punto de control firmado',
  'the exclusions are those of the seal note': 'las exclusiones son las de la nota de sellado',
  'the beacon round is the one that the rules give': 'la ronda de la baliza es la que dan las reglas',
  'the draw note is signed': 'la nota del sorteo está firmada',
  'the draw note belongs to the seal note': 'la nota del sorteo corresponde a la de sellado',
  'the secret is the one committed to before the first ballot':
    'el secreto es el comprometido antes de la primera papeleta',
  'the beacon signature is valid': 'la firma de la baliza es válida',
  'the candidates are those that the randomness names': 'los candidatos son los que señala el azar',
  'the ranks are those that the randomness names': 'los puestos son los que señala el azar',
  'nobody else could win: the winners are fewer than wanted':
    'nadie más podía ganar: hay menos ganadores que los previstos',
  "each candidate's ballot is in the sealed tree": 'la papeleta de cada candidato está en el árbol sellado',
  'the assurance level follows from the recorded facts': 'el nivel de garantía se sigue de los hechos registrados',
  'the list has every ballot once, in order': 'la lista tiene cada papeleta una vez, en orden',
  'the list gives the sealed root': 'la lista da la raíz sellada',
  'your receipt is signed by the same key and for this draw':
    'tu recibo está firmado con la misma clave y es de este sorteo',
  'your ballot is in the draw': 'tu papeleta está en el sorteo',
  'no beacon was used': 'no se usó ninguna baliza',
  'the list has the ballot of each rank at its place': 'la lista tiene la papeleta de cada puesto en su lugar',
  'no ballot was cast, so the draw is void': 'no hubo papeletas, así que el sorteo es nulo',
  'every ballot is excluded, so the draw is void': 'todas las papeletas están excluidas: el sorteo es nulo',
  'the draw: it is sealed and not drawn yet': 'el sorteo: está sellado y aún no se ha celebrado',
  'the draw: it is void or not drawn yet; the list tells which':
    'el sorteo: es nulo o aún no se ha celebrado; la lista dice cuál de los dos',
  'the full list of ballots: give ballots.txt': 'la lista completa de papeletas: añade ballots.txt',
  'the ballot of each rank: give ballots.txt': 'la papeleta de cada puesto: añade ballots.txt',
  'nobody else could win, as the winners are fewer than wanted: give ballots.txt':
    'nadie más podía ganar, pues hay menos ganadores que los previstos: añade ballots.txt',
  'your ballot is in the draw: give ballots.txt or --proof':
    'tu papeleta está en el sorteo: añade ballots.txt o proof.json',
  'signatures by other keys than yours: they are ignored': 'firmas de claves que no son la tuya: se pasan por alto',
  'extension lines of a checkpoint: they are ignored': 'líneas de extensión de un punto de control: se pasan por alto',
  'when the seal note became public: keep it as soon as it is published, or ask who did':
    'cuándo se hizo pública la nota de sellado: guárdala en cuanto se publique, o pregunta a quien lo hizo',
  'ballots that were refused without a receipt: nobody can prove what was never written':
    'papeletas rechazadas sin recibo: nadie puede probar lo que nunca se escribió',
  "; the winner's place can be checked with the list of ballots only.":
    '; el puesto del ganador solo puede comprobarse con la lista de papeletas.',
  'The ballots were sealed before the randomness existed, as everyone who fetched the seal note before that moment can confirm.':
    'Las papeletas se sellaron antes de que existiera el azar, como puede confirmar quien obtuvo la nota de sellado antes de ese momento.',
  'A beacon was used, but its round was fixed only at sealing: the operator could not know the result, but could have discarded a seal that nobody had fetched and sealed again.':
    'Se usó una baliza, pero su ronda se fijó al sellar: el operador no podía conocer el resultado, pero pudo descartar un sellado que nadie había obtenido y sellar de nuevo.',
  'No beacon was used: the arithmetic is checkable by anyone, but the operator could know the result beforehand and add ballots of its own.':
    'No se usó ninguna baliza: cualquiera puede comprobar los cálculos, pero el operador podía conocer el resultado de antemano y añadir papeletas propias.',
  'The draw is void: no ballot could win.': 'El sorteo es nulo: ninguna papeleta podía ganar.',
  'The draw is void or not drawn yet.': 'El sorteo es nulo o aún no se ha celebrado.',
  'The draw is not drawn yet.': 'El sorteo aún no se ha celebrado.',
  'The draw does NOT verify.': 'El sorteo NO supera la comprobación.',
  Assurance: 'Garantía',
  Winner: 'Ganador',
  ballot: 'papeleta',
  player: 'seudónimo',
  index: 'puesto',
};
