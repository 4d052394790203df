import { MatterRounds } from './matter-rounds.js';
import { MattersAndBoard } from './matters-and-board.js';

export const migrations = [MattersAndBoard, MatterRounds];
