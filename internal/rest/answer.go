package rest

// Form is how an answer's body comes out of the main result.
type Form uint8

// The forms.
const (
	// FormNone has no body.
	FormNone Form = iota
	// FormArray is the rows' JSON in brackets, FormOne the only row's JSON, null without a row.
	FormArray
	FormOne
	// FormCSV is the rows' texts under a header line.
	FormCSV
	// FormValue is the only value's text, FormBytes the bytes it stands for.
	FormValue
	FormBytes
	// FormFeatures are GeoJSON features, FormGeoRows rows with a GeoJSON geometry among their columns.
	FormFeatures
	FormGeoRows
	// FormPlan is an execution plan's lines.
	FormPlan
	// FormCount is the number of rows, without a body.
	FormCount
	// FormCounted is one row of the body, the number of its rows and the number of all rows.
	FormCounted
	// FormLocation is the key of the row that was inserted.
	FormLocation
)

// Answer is what a run gave, ready to be written.
type Answer struct {
	Form  Form
	Media MediaType
	// JSON are the rows' texts as the engine joined them, Columns and Rows the values as text.
	JSON    []byte
	Columns []string
	Rows    [][]*string
	// Count is the number of rows of the page, or of changed rows; Total that of all rows, -1 when not known.
	Count, Total int64
	// Upserted says that Inserted, the number of new rows, is known.
	Upserted bool
	Inserted int64
	// Void says that the function gives nothing.
	Void bool
	// Name is the written relation; HasKey says that it has a primary key.
	Name   string
	HasKey bool
	// Renamings are the deprecated names of the request, as "a to b".
	Renamings []string
	// Next is the cursor of the page after this one, "" when there is none.
	Next string
	// Headers and Status are the settings response.headers and response.status, nil when not set.
	Headers, Status *string
}
