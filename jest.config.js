/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.artifacts/', '<rootDir>/scripts/n8n-runtime/'],
	transformIgnorePatterns: ['/node_modules/(?!(echarts|zrender)/)'],
	transform: {
		'/node_modules/(echarts|zrender)/.+\\.js$': '<rootDir>/test/support/esModules.js',
		'^.+\\.ts$': ['ts-jest', { tsconfig: { module: 'commonjs', target: 'es2022', esModuleInterop: true, resolveJsonModule: true, isolatedModules: true }, diagnostics: false }],
	},
	globalSetup: '<rootDir>/test/support/setUp.js',
	globalTeardown: '<rootDir>/test/support/tearDown.js',
	testSequencer: '<rootDir>/test/support/slowFirst.js',
	moduleNameMapper: { '^\\./workerFile$': '<rootDir>/test/support/workerFile.ts' },
	// by itself jest leaves one core idle, which is half of a small machine
	maxWorkers: '100%',
	testTimeout: 30_000,
};
