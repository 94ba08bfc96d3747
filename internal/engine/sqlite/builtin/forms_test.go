package builtin

import "testing"

func TestEverySignatureIsPostgreSQLs(t *testing.T) {
	for _, sig := range forms().missing {
		t.Errorf("no function %s", sig)
	}
	t.Logf("%d functions have a form", len(forms().byOID))
}

func TestEverySignatureOfExtensionsIsTheirs(t *testing.T) {
	for _, sig := range extensions().missing {
		t.Errorf("no function %s", sig)
	}
}
