package store

import "github.com/basement-project/basement/internal/catalog"

const kindEventTrigger = "event_trigger"

// SetEventTriggers replaces the list of event triggers.
func (e *Edit) SetEventTriggers(list []*catalog.EventTrigger) {
	e.objs.EventTriggers = list
	replaceAll(e, kindEventTrigger, list)
}
