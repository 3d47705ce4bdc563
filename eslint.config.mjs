import tseslint from 'typescript-eslint';
import wxml from 'eslint-plugin-wxml';
import wxmlParser from '@wxml/parser';

const CLOCK_AND_DICE = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'The core gets the time as an argument.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'The core gets the time as an argument.',
  },
  {
    selector: "CallExpression[callee.name='dayjs'][arguments.length=0]",
    message: 'The core gets the time as an argument.',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'A choice between people is a stable hash.',
  },
];

export default [
  {
    ignores: [
      '**/node_modules/**',
      '**/miniprogram_npm/**',
      'cloudfunctions/*/index.js',
      '.huitou/**',
      'artifacts/**',
    ],
  },
  ...tseslint.configs.recommended.map((c) => ({ ...c, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['miniprogram/domain/**/*.ts', 'miniprogram/contract/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...CLOCK_AND_DICE],
      'no-restricted-globals': ['error', 'wx', 'process', 'window'],
    },
  },
  {
    files: ['miniprogram/**/*.ts'],
    rules: { 'no-restricted-globals': ['error', 'window', 'document', 'process', 'localStorage'] },
  },
  {
    files: ['miniprogram/**/*.ts'],
    ignores: ['miniprogram/platform/**'],
    rules: {
      'no-restricted-properties': ['error', { object: 'globalThis', property: 'wx' }],
      'no-restricted-globals': ['error', 'wx', 'window', 'document', 'process', 'localStorage'],
    },
  },
  {
    files: ['miniprogram/**/*.wxml'],
    ignores: ['**/miniprogram_npm/**'],
    plugins: { wxml },
    languageOptions: { parser: wxmlParser },
    rules: {
      'wxml/report-wxml-syntax-error': 'error',
      'wxml/report-interpolation-error': 'error',
      'wxml/report-wxs-syntax-error': 'error',
      'wxml/no-duplicate-attributes': 'error',
      'wxml/no-vue-directive': 'error',
      'wxml/no-wx-for-with-wx-if': 'error',
      'wxml/wx-key': 'error',
    },
  },
];
