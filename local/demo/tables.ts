/** The tables of the stack, by the names the stores know them by. */
export const tablesOf = (outputs: Record<string, string>) => ({
  contracts: outputs['ContractsTable'] ?? '',
  pools: outputs['PoolsTable'] ?? '',
  ledger: outputs['LedgerTable'] ?? '',
  shipments: outputs['ShipmentsTable'] ?? '',
  operations: outputs['OperationsTable'] ?? '',
  applications: outputs['ApplicationsTable'] ?? '',
  audit: outputs['AuditTable'] ?? '',
  messages: outputs['MessagesTable'] ?? '',
});
