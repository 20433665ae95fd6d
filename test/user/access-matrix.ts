/** Who calls. `player` is the owner of what the route is about, where it has one. */
export const CALLERS = ['nobody', 'player', 'other player', 'banned player', 'admin', 'wrong token'] as const;
/** With the internal token, the right one and a wrong one, and no other. */
export const OPERATORS = ['operator', 'wrong operator'] as const;
export type Caller = (typeof CALLERS)[number] | (typeof OPERATORS)[number];

/** `in`: may call. Else the code of the refusal. */
export type Row = Readonly<Record<Caller, string>>;

const EVERYBODY: Row = {
  nobody: 'in',
  player: 'in',
  'other player': 'in',
  'banned player': 'in',
  admin: 'in',
  'wrong token': 'in',
  operator: 'in',
  'wrong operator': 'in',
};
/** A ban is about ballots: the banned may look, log in and out. */
export const SIGNED_IN: Row = {
  ...EVERYBODY,
  nobody: 'auth.token-missing',
  'wrong token': 'auth.token-invalid',
  operator: 'auth.token-missing',
  'wrong operator': 'auth.token-missing',
};
const OWNER: Row = { ...SIGNED_IN, 'other player': 'access.forbidden', 'banned player': 'access.forbidden' };
const ADMIN: Row = { ...OWNER, player: 'access.forbidden' };
const BALLOT: Row = { ...SIGNED_IN, 'banned player': 'ballot.player-banned' };
/** Only pages of ours, which say so by headers that no caller here sends. */
const OWN_PAGES = Object.fromEntries(Object.keys(EVERYBODY).map((caller) => [caller, 'auth.foreign-origin'])) as Row;
const OPERATOR: Row = {
  nobody: 'access.internal-token-missing',
  player: 'access.internal-token-missing',
  'other player': 'access.internal-token-missing',
  'banned player': 'access.internal-token-missing',
  admin: 'access.internal-token-missing',
  'wrong token': 'access.internal-token-missing',
  operator: 'in',
  'wrong operator': 'access.internal-token-wrong',
};

/** Every route there is. One without a row is a failure. */
export const MATRIX: Readonly<Record<string, Row>> = {
  'DELETE /users/me/sessions': SIGNED_IN,
  'DELETE /webhooks/:id': ADMIN,
  'GET /audit': ADMIN,
  'GET /audit/checkpoint': EVERYBODY,
  'GET /audit/consistency': EVERYBODY,
  'GET /audit/entries/:index/proof': ADMIN,
  'GET /ballots/:id': EVERYBODY,
  'GET /ballots/:id/proof': EVERYBODY,
  'GET /docs…': EVERYBODY,
  'GET /health/live': EVERYBODY,
  'GET /health/ready': EVERYBODY,
  'GET /journal/checkpoint': EVERYBODY,
  'GET /journal/consistency': EVERYBODY,
  'GET /journal/entries': EVERYBODY,
  'GET /journal/entries/:index/proof': EVERYBODY,
  'GET /lotteries': EVERYBODY,
  'GET /lotteries/:date': EVERYBODY,
  'GET /lotteries/:date/ballots': EVERYBODY,
  'GET /lotteries/:date/ballots.txt': EVERYBODY,
  'GET /lotteries/:date/bundle': EVERYBODY,
  'GET /lotteries/:date/checkpoint': EVERYBODY,
  'GET /lotteries/:date/consistency': EVERYBODY,
  'GET /lotteries/:date/winner': EVERYBODY,
  'GET /lotteries/winner': EVERYBODY,
  'GET /openapi.json': EVERYBODY,
  'GET /pools': EVERYBODY,
  'GET /pools/:id': EVERYBODY,
  'GET /pools/:id/ballots.txt': EVERYBODY,
  'GET /pools/:id/bundle': EVERYBODY,
  'GET /pools/:id/checkpoint': EVERYBODY,
  'GET /pools/:id/consistency': EVERYBODY,
  'GET /pools/:id/entries': EVERYBODY,
  'GET /pools/rules': EVERYBODY,
  'GET /problems': EVERYBODY,
  'GET /problems/:code': EVERYBODY,
  'GET /users': ADMIN,
  'GET /users/:id': OWNER,
  'GET /users/me': SIGNED_IN,
  'GET /users/me/ballots': SIGNED_IN,
  'GET /verifier-key': EVERYBODY,
  'GET /verifier-keys': EVERYBODY,
  'GET /webhooks': ADMIN,
  'GET /webhooks/:id/deliveries': ADMIN,
  'POST /auth/login': EVERYBODY,
  'POST /auth/logout': EVERYBODY,
  'POST /auth/refresh': EVERYBODY,
  'POST /auth/register': EVERYBODY,
  'POST /auth/web/login': OWN_PAGES,
  'POST /auth/web/logout': OWN_PAGES,
  'POST /auth/web/refresh': OWN_PAGES,
  'POST /lotteries': ADMIN,
  'POST /lotteries/:date/ballots': BALLOT,
  'POST /lotteries/:date/close': ADMIN,
  'POST /lotteries/close': OPERATOR,
  'POST /pools/stakes': OPERATOR,
  'POST /users/:id/ban': ADMIN,
  'POST /users/:id/unban': ADMIN,
  'POST /webhooks': ADMIN,
  'POST /webhooks/:id/deliveries/:deliveryId/retry': ADMIN,
  'POST /webhooks/:id/secret': ADMIN,
  'POST /webhooks/:id/test': ADMIN,
  'PUT /pools/rules/:gameId': ADMIN,
  'PUT /users/:id/role': ADMIN,
};
