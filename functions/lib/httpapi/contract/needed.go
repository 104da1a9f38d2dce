package contract

import "latchkey/functions/lib/access"

// Needed is how many must approve a step: "any", "all" or a number.
type Needed = access.Needed
