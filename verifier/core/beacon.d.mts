export function checkBeaconSignature(publicKey: string, round: number, signature: string): void;
