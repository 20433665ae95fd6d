const { default: Sequencer } = require('@jest/test-sequencer');

/** What takes longest, so that none of it runs alone at the end. Jest itself knows that only after a first run. */
const LONGEST = [
  'lottery/closing-crash',
  'verifier/tampering',
  'ballot/archive',
  'lottery/replicas',
  'platform/http/slow-clients',
  'test/secrets',
  'platform/events/relay',
  'webhook/webhook',
  'lottery/close-race',
  'verification/edited-rows',
  'platform/embedded-postgres',
  'lottery/midnight',
  'test/roles',
  'user/access.spec',
];

module.exports = class extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const found = LONGEST.findIndex((one) => path.includes(one));
      return found < 0 ? LONGEST.length : found;
    };
    return super.sort(tests).sort((one, other) => place(one) - place(other));
  }
};
