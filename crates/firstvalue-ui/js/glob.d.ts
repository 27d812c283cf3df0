export function matches(glob: string, path: string): boolean;
export function isOn(glob: string): boolean;
