// One project per kind of place a test runs in. `npm test` runs them all.
const { joinedPackages } = require('./devkit/test/packages');

const transform = {
  '^.+\\.(t|j|mj)s$': [
    '<rootDir>/devkit/test/transform.js',
    {
      sourceMaps: 'inline',
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
    },
  ],
};
const common = {
  moduleNameMapper: joinedPackages(__dirname),
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json'],
  transform,
  transformIgnorePatterns: ['/node_modules/(?!(lodash-es)/)'],
  modulePathIgnorePatterns: ['<rootDir>/.huitou/', '<rootDir>/artifacts/'],
};
const node = { ...common, testEnvironment: 'node' };
module.exports = {
  // No test is about time; on a busy machine anything may take long.
  testTimeout: 60_000,
  globalSetup: '<rootDir>/devkit/test/fastFolder.js',
  testSequencer: '<rootDir>/devkit/test/sequencer.js',
  projects: [
    {
      ...node,
      displayName: 'domain',
      testMatch: ['<rootDir>/tests/domain/**/*.test.ts', '<rootDir>/tests/*.test.ts'],
    },
    {
      ...common,
      displayName: 'domain in another zone',
      testEnvironment: '<rootDir>/devkit/test/farZone.js',
      testMatch: ['<rootDir>/tests/domain/**/*.test.ts'],
    },
    { ...node, displayName: 'cloud', testMatch: ['<rootDir>/tests/cloud/**/*.test.ts'] },
    { ...node, displayName: 'functions', testMatch: ['<rootDir>/tests/functions/**/*.test.ts'] },
    {
      ...common,
      displayName: 'pages',
      testEnvironment: 'jsdom',
      moduleNameMapper: {
        ...common.moduleNameMapper,
        '^miniprogram-compiler$': '<rootDir>/devkit/test/wxmlCompiler.js',
      },
      testMatch: ['<rootDir>/tests/pages/**/*.test.ts'],
    },
    { ...node, displayName: 'devkit', testMatch: ['<rootDir>/tests/devkit/**/*.test.ts'] },
    {
      ...node,
      displayName: 'journeys',
      testMatch: ['<rootDir>/tests/journeys/**/*.test.ts'],
      // Every face of the gift in a browser belongs to `npm run test:long`; the main job meets the most of them.
      testPathIgnorePatterns: process.env.HUITOU_LONG ? [] : ['giftFaces'],
    },
  ],
};
