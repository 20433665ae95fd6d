/** What sealed a draw: its closing time, an operator, or its last ballot. */
export type Trigger = 'schedule' | 'manual' | 'full';
