import { MattersAndBoard } from './matters-and-board.js';

export const migrations = [MattersAndBoard];
