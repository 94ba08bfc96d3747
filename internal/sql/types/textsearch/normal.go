package textsearch

// Normal orders lexemes and places and joins those that are there twice.
func (v Vector) Normal() Vector { return v.normal() }
