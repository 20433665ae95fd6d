/** Those with which `npm start` runs the service. */
export const V8_FLAGS = ['--max-semi-space-size=32'];
