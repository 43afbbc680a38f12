package window

import (
	"encoding/json"
	"syscall/js"
)

// expose makes a state visible to the page as harmproof.state().
func expose(state func() any) {
	if state == nil {
		return
	}
	page := js.Global().Get("harmproof")
	if page.Type() != js.TypeObject {
		page = js.Global().Get("Object").New()
		js.Global().Set("harmproof", page)
	}
	page.Set("state", js.FuncOf(func(js.Value, []js.Value) any {
		text, err := json.Marshal(state())
		if err != nil {
			return err.Error()
		}
		return js.Global().Get("JSON").Call("parse", string(text))
	}))
}
