export function benchCompanies(_file: string): void {}
