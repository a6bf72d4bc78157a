export interface PostgresServer {
	port: number;
	password: string;
	url: string;
	/** As an administrator stops it. */
	stop(): Promise<void>;
	/** As a crash. */
	kill(): Promise<void>;
	start(): Promise<void>;
	/** Stops it and removes its folder. */
	end(): Promise<void>;
}
export interface PostgresServerOptions {
	/** A folder with `bin/`; without it the npm package's. */
	binaries?: string;
	port?: number;
	ssl?: { key: string; cert: string };
	settings?: Record<string, string | number>;
	/** Megabytes of a volume of its own (root on Linux only). */
	size?: number;
}
export function startPostgres(options?: PostgresServerOptions): Promise<PostgresServer>;
