import type { Ledger } from '../../nodes/ledger/ledger';
import type { LedgerAddress } from './ledgerAddress';
import { answersContract } from './answersContract';
import { captureContract } from './captureContract';
import { clientRowsContract } from './clientRowsContract';
import { clocksContract } from './clocksContract';
import { concurrencyContract } from './concurrencyContract';
import { crashContract } from './crashContract';
import { decisionsContract } from './decisionsContract';
import { deliveriesContract } from './deliveriesContract';
import { correctionsContract } from './correctionsContract';
import { exceptionsContract } from './exceptionsContract';
import { keepContract } from './keepContract';
import { knownRecordsContract } from './knownRecordsContract';
import { leadsContract } from './leadsContract';
import { matchContract } from './matchContract';
import { reassignContract } from './reassignContract';
import { reviewContract } from './reviewContract';
import { rotationContract } from './rotationContract';
import { scorecardContract } from './scorecardContract';
import { settingsContract } from './settingsContract';
import { takeContract } from './takeContract';
import { undoContract } from './undoContract';

/** A driver under test. */
export interface LedgerUnderTest {
	/** A new, empty ledger. */
	makeAddress: () => LedgerAddress;
	open: (address: LedgerAddress) => Promise<Ledger>;
	/** What stands in the database, read beside the ledger. */
	rows: (address: LedgerAddress, sql: string) => Promise<StoredRow[]>;
}

export type StoredRow = Record<string, unknown>;

/** What every driver of the ledger promises. */
export function ledgerContract(name: string, driver: LedgerUnderTest): void {
	describe(`ledger contract: ${name}`, () => {
		let ledger: Ledger;
		beforeEach(async () => { ledger = await driver.open(driver.makeAddress()); });
		afterEach(async () => { await ledger.close(); });

		const parts = [
			settingsContract, clientRowsContract, captureContract, matchContract, undoContract, knownRecordsContract, correctionsContract, exceptionsContract, decisionsContract, rotationContract, reassignContract, takeContract, reviewContract, clocksContract, deliveriesContract, leadsContract, scorecardContract, answersContract,
		];
		for (const part of parts) part(() => ledger);
		keepContract(() => ledger, async () => await driver.open(driver.makeAddress()));
	});
	concurrencyContract(name, driver);
	crashContract(name, driver);
}
