package sink

// MarkupOf adds mark-up that is not constant.
func MarkupOf(h *HTML, text string) *HTML { return h.Markup(literal(text)) }
