import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** All that the rules of the game may take from node:crypto: pure functions, no key making and no randomness. */
const PURE_CRYPTO = ['createHash', 'createHmac', 'createPublicKey', 'hash', 'KeyObject', 'timingSafeEqual', 'verify'];

const PROCESS_ENV =
  'process.env is read in src/platform/config/config.ts only; ask for a section of the configuration.';

const noProcessEnv = [
  { selector: 'MemberExpression[object.name="process"][property.name="env"]', message: PROCESS_ENV },
  { selector: 'MemberExpression[object.name="process"][property.value="env"]', message: PROCESS_ENV },
  { selector: 'VariableDeclarator[init.name="process"] Property[key.name="env"]', message: PROCESS_ENV },
  { selector: 'MemberExpression[property.name="process"][object.name=/^global/]', message: PROCESS_ENV },
  { selector: 'ImportDeclaration[source.value=/^(node:)?process$/]', message: PROCESS_ENV },
];

/** Arguments lie on the stack: an array of some 125,000 does not fit, and how long it is, others decide. */
const noSpreadArguments = [
  {
    selector: ':matches(CallExpression, NewExpression) > SpreadElement',
    message: 'An array of any length does not fit into arguments: loop over it, or pass it whole.',
  },
];

const pureDomain = [
  { selector: 'Decorator', message: 'The domain knows no framework.' },
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'The domain has no clock: pass `now`.',
  },
  { selector: 'CallExpression[callee.name="Date"]', message: 'The domain has no clock: pass `now`.' },
  { selector: 'AwaitExpression', message: 'The domain waits for nothing: it is given what it needs.' },
];

const clockOrRandomness = [
  { object: 'Date', property: 'now', message: 'The domain has no clock: pass `now`.' },
  { object: 'Math', property: 'random', message: 'The domain has no randomness: pass random bytes.' },
];

const outsideWorld = [
  'process',
  'performance',
  'crypto',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'console',
];

export default defineConfig(
  globalIgnores(['dist/', 'dist.*/', 'coverage/', '.data/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mts}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/prefer-readonly': 'error',
      // A port of one method is asynchronous by contract, whether or not the adapter at hand waits for something.
      '@typescript-eslint/require-await': 'off',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'max-lines': ['error', 200],
      'max-lines-per-function': ['error', 60],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...noProcessEnv, ...noSpreadArguments],
    },
  },
  {
    files: ['web/**/*.{ts,tsx}'],
    // Made from the document of the API.
    ignores: ['web/client/api-types.ts'],
    rules: {
      'max-lines': ['error', 200],
      'max-lines-per-function': ['error', 60],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        ...noSpreadArguments,
        {
          selector: 'JSXAttribute[name.name=/^(dangerouslySetInnerHTML|style)$/]',
          message: 'The policy of the pages forbids inline styles and HTML out of text.',
        },
      ],
    },
  },
  { files: ['src/main.ts'], rules: { 'no-console': 'off' } },
  { files: ['src/platform/config/config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['src/*/domain/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...outsideWorld],
      'no-restricted-properties': ['error', ...clockOrRandomness],
      'no-restricted-imports': ['error', { paths: [{ name: 'node:crypto', allowImportNames: PURE_CRYPTO }] }],
      'no-restricted-syntax': ['error', ...noProcessEnv, ...noSpreadArguments, ...pureDomain],
    },
  },
  {
    files: ['src/*/application/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: '@nestjs/common', allowImportNames: ['Injectable'] },
            { name: 'node:crypto', allowImportNames: PURE_CRYPTO },
          ],
        },
      ],
    },
  },
  {
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      // Answers over HTTP arrive as `any`; a test asserts their shape instead of declaring it.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.{js,cjs,mjs}'],
    languageOptions: {
      globals: { console: 'readonly', fetch: 'readonly', process: 'readonly', setTimeout: 'readonly' },
    },
  },
  {
    // It runs in a browser as well as in node: nothing but what both have.
    files: ['verifier/core/*.mjs'],
    languageOptions: {
      globals: {
        TextDecoder: 'readonly',
        TextEncoder: 'readonly',
        atob: 'readonly',
        btoa: 'readonly',
        console: 'off',
        fetch: 'off',
        process: 'off',
        setTimeout: 'off',
      },
    },
    rules: {
      'max-lines': ['error', 200],
      'max-lines-per-function': ['error', 60],
      'no-restricted-imports': ['error', { patterns: [{ group: ['node:*'], message: 'The core runs in a browser.' }] }],
      eqeqeq: 'error',
    },
  },
  { files: ['**/*.{js,cjs}'], languageOptions: { sourceType: 'commonjs', globals: { __dirname: 'readonly' } } },
);
