package look

// Grid is what distances are multiples of, in points.
const Grid = 4
