/** Binary units, in bytes (IEC 80000-13). */
export const KIB = 1_024;
export const MIB = 1_024 * KIB;
export const GIB = 1_024 * MIB;
