package builtin

// Spread, as a description's options, says that the last argument is an array of arguments (the VARIADIC keyword).
const Spread = "variadic"

// spread puts the elements of the last argument in its place; null says that it was NULL, and so is the result.
func (c *Call) spread() (null bool) {
	n := len(c.Args) - 1
	if c.Args[n].IsNull() {
		return true
	}
	t := c.Desc.Items[n].Type.Underlying()
	elems, err := Elements(t, c.Args[n])
	if err != nil || t.Elem == nil {
		return true
	}
	d := &Description{Items: append([]Item(nil), c.Desc.Items[:n]...)}
	c.Args = c.Args[:n]
	for _, e := range elems {
		d.Items = append(d.Items, T(t.Elem))
		c.Args = append(c.Args, e)
	}
	d.Items = append(d.Items, c.Desc.Items[n+1:]...)
	c.Desc = d
	return false
}
