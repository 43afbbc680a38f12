package look

import "github.com/harmproof/harmproof/viz/draw"

// The type scale, in points.
var (
	Tiny    = draw.Style{Font: draw.Bold, Size: 9}
	Caption = draw.Style{Font: draw.Regular, Size: 11}
	Body    = draw.Style{Font: draw.Regular, Size: 13}
	Strong  = draw.Style{Font: draw.Bold, Size: 13}
	Label   = draw.Style{Font: draw.Bold, Size: 11}
	Number  = draw.Style{Font: draw.Mono, Size: 12}
	Title   = draw.Style{Font: draw.Bold, Size: 16}
	Clock   = draw.Style{Font: draw.Mono, Size: 17}
)
