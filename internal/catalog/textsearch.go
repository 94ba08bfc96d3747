package catalog

// textSearchConfigs are the built-in text search configurations with the identifiers PostgreSQL 15 gives them.
var textSearchConfigs = map[string]OID{
	"simple": 3748, "arabic": 13152, "armenian": 13154, "basque": 13156, "catalan": 13158, "danish": 13160, "dutch": 13162,
	"english": 13164, "finnish": 13166, "french": 13168, "german": 13170, "greek": 13172, "hindi": 13174, "hungarian": 13176,
	"indonesian": 13178, "irish": 13180, "italian": 13182, "lithuanian": 13184, "nepali": 13186, "norwegian": 13188,
	"portuguese": 13190, "romanian": 13192, "russian": 13194, "serbian": 13196, "spanish": 13198, "swedish": 13200, "tamil": 13202,
	"turkish": 13204, "yiddish": 13206,
}

// TextSearchConfig gives the identifier of a built-in text search configuration (a regconfig value).
func TextSearchConfig(name string) (OID, bool) {
	oid, ok := textSearchConfigs[name]
	return oid, ok
}

// TextSearchConfigName gives a configuration's name by its identifier, "" when there is none.
func TextSearchConfigName(oid OID) string {
	for name, x := range textSearchConfigs {
		if x == oid {
			return name
		}
	}
	return ""
}
