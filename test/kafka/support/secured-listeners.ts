import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SERVER_CERTIFICATE, SERVER_KEY } from '../../support/tls';

/** Who may log in; with PLAIN and with SCRAM. */
export const KAFKA_USER = { name: 'lottery', password: 'a password of the tests' };

/** What a broker needs besides, to be reached over TLS, with and without log-in. */
export interface SecuredListeners {
  readonly listeners: readonly { readonly name: 'SSL' | 'SASL_SSL'; readonly port: number }[];
  /** For server.properties. */
  readonly properties: string;
  /** For the formatting of the storage, which holds the passwords of SCRAM. */
  readonly formatOptions: readonly string[];
}

export async function securedListeners(folder: string, ports: readonly [number, number]): Promise<SecuredListeners> {
  const keys = join(folder, 'server-keys.pem');
  await writeFile(keys, await Promise.all([SERVER_KEY, SERVER_CERTIFICATE].map((file) => readFile(file, 'utf8'))));
  const { name, password } = KAFKA_USER;
  const modules = 'org.apache.kafka.common.security';
  const login = 'listener.name.sasl_ssl';
  return {
    listeners: [
      { name: 'SSL', port: ports[0] },
      { name: 'SASL_SSL', port: ports[1] },
    ],
    properties: `
ssl.keystore.type=PEM
ssl.keystore.location=${keys}
sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512
${login}.plain.sasl.jaas.config=${modules}.plain.PlainLoginModule required user_${name}="${password}";
${login}.scram-sha-256.sasl.jaas.config=${modules}.scram.ScramLoginModule required;
${login}.scram-sha-512.sasl.jaas.config=${modules}.scram.ScramLoginModule required;
`,
    formatOptions: ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
      '--add-scram',
      `${mechanism}=[name=${name},password=${password}]`,
    ]),
  };
}
