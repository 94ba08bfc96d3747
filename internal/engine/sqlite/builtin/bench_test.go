package builtin

import "testing"

func BenchmarkForms(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		makeForms()
	}
}

func BenchmarkExtensionForms(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		makeExtensions()
	}
}
