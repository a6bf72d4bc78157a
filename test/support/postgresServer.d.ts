export interface PostgresServer {
	port: number;
	password: string;
	url: string;
	/** Folder of the small volume. */
	smallVolume?: string;
	/** As an administrator stops it. */
	stop(): Promise<void>;
	/** As a crash. */
	kill(): Promise<void>;
	start(): Promise<void>;
	/** Starts it again as a server that only follows another one: it can be read, not written. */
	standBy(): Promise<void>;
	/** Stops it and removes its folder. */
	end(): Promise<void>;
}
export interface PostgresServerOptions {
	/** A folder with `bin/`; without it the npm package's. */
	binaries?: string;
	port?: number;
	ssl?: { key: string; crt: string };
	settings?: Record<string, string | number>;
	/** Mounts a volume of this size for a tablespace: only where `canMount` says so. */
	smallVolumeMb?: number;
}
export function startPostgres(options?: PostgresServerOptions): Promise<PostgresServer>;
