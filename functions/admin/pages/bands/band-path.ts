/** The page of a contract's numbers. `~` stands for the slash of a seller's contract: ids hold neither. */
export const bandPath = (contractId: string): string => `/bands/${contractId.replace('/', '~')}`;
export const contractAt = (param: string): string => param.replace('~', '/');
