package timezone

import (
	"strings"
	"time"
)

// Abbreviation is one of PostgreSQL's default time zone abbreviations.
type Abbreviation struct {
	Offset int  // seconds east of UTC
	DST    bool // a daylight-saving time
	// Zone names the zone whose history decides the offset, "" when it is fixed.
	Zone string
}

// abbreviations are keyed in lower case, cut to ten letters as PostgreSQL's tokens are.
var abbreviations = map[string]Abbreviation{
	"acdt":   {Offset: 37800, DST: true},
	"acsst":  {Offset: 37800, DST: true},
	"acst":   {Offset: 34200},
	"act":    {Offset: -18000},
	"acwst":  {Offset: 31500},
	"adt":    {Offset: -10800, DST: true},
	"aedt":   {Offset: 39600, DST: true},
	"aesst":  {Offset: 39600, DST: true},
	"aest":   {Offset: 36000},
	"aft":    {Offset: 16200},
	"akdt":   {Offset: -28800, DST: true},
	"akst":   {Offset: -32400},
	"almst":  {Offset: 25200, DST: true},
	"almt":   {Offset: 21600},
	"amst":   {Offset: 14400, Zone: "Asia/Yerevan"},
	"amt":    {Offset: -14400},
	"anast":  {Offset: 43200, Zone: "Asia/Anadyr"},
	"anat":   {Offset: 43200, Zone: "Asia/Anadyr"},
	"arst":   {Offset: -10800, Zone: "America/Argentina/Buenos_Aires"},
	"art":    {Offset: -10800, Zone: "America/Argentina/Buenos_Aires"},
	"ast":    {Offset: -14400},
	"awsst":  {Offset: 32400, DST: true},
	"awst":   {Offset: 28800},
	"azost":  {Offset: 0, DST: true},
	"azot":   {Offset: -3600},
	"azst":   {Offset: 14400, Zone: "Asia/Baku"},
	"azt":    {Offset: 14400, Zone: "Asia/Baku"},
	"bdst":   {Offset: 7200, DST: true},
	"bdt":    {Offset: 21600},
	"bnt":    {Offset: 28800},
	"bort":   {Offset: 28800},
	"bot":    {Offset: -14400},
	"bra":    {Offset: -10800},
	"brst":   {Offset: -7200, DST: true},
	"brt":    {Offset: -10800},
	"bst":    {Offset: 3600, DST: true},
	"btt":    {Offset: 21600},
	"cadt":   {Offset: 37800, DST: true},
	"cast":   {Offset: 34200},
	"cct":    {Offset: 28800},
	"cdt":    {Offset: -18000, DST: true},
	"cest":   {Offset: 7200, DST: true},
	"cet":    {Offset: 3600},
	"cetdst": {Offset: 7200, DST: true},
	"chadt":  {Offset: 49500, DST: true},
	"chast":  {Offset: 45900},
	"chut":   {Offset: 36000},
	"ckt":    {Offset: -36000, Zone: "Pacific/Rarotonga"},
	"clst":   {Offset: -10800, DST: true},
	"clt":    {Offset: -10800, DST: true, Zone: "America/Santiago"},
	"cot":    {Offset: -18000},
	"cst":    {Offset: -21600},
	"cxt":    {Offset: 25200},
	"davt":   {Offset: 25200, Zone: "Antarctica/Davis"},
	"ddut":   {Offset: 36000},
	"easst":  {Offset: -18000, DST: true, Zone: "Pacific/Easter"},
	"east":   {Offset: -18000, DST: true, Zone: "Pacific/Easter"},
	"eat":    {Offset: 10800},
	"edt":    {Offset: -14400, DST: true},
	"eest":   {Offset: 10800, DST: true},
	"eet":    {Offset: 7200},
	"eetdst": {Offset: 10800, DST: true},
	"egst":   {Offset: 0, DST: true},
	"egt":    {Offset: -3600},
	"est":    {Offset: -18000},
	"fet":    {Offset: 10800},
	"fjst":   {Offset: 46800, DST: true},
	"fjt":    {Offset: 43200},
	"fkst":   {Offset: -10800, Zone: "Atlantic/Stanley"},
	"fkt":    {Offset: -10800, Zone: "Atlantic/Stanley"},
	"fnst":   {Offset: -3600, DST: true},
	"fnt":    {Offset: -7200},
	"galt":   {Offset: -21600},
	"gamt":   {Offset: -32400},
	"gest":   {Offset: 14400, Zone: "Asia/Tbilisi"},
	"get":    {Offset: 14400, Zone: "Asia/Tbilisi"},
	"gft":    {Offset: -10800},
	"gilt":   {Offset: 43200},
	"gmt":    {Offset: 0},
	"gyt":    {Offset: -14400, Zone: "America/Guyana"},
	"hkt":    {Offset: 28800},
	"hst":    {Offset: -36000},
	"ict":    {Offset: 25200},
	"idt":    {Offset: 10800, DST: true},
	"iot":    {Offset: 21600, Zone: "Indian/Chagos"},
	"irkst":  {Offset: 28800, Zone: "Asia/Irkutsk"},
	"irkt":   {Offset: 28800, Zone: "Asia/Irkutsk"},
	"irt":    {Offset: 12600},
	"ist":    {Offset: 7200},
	"jayt":   {Offset: 32400},
	"jst":    {Offset: 32400},
	"kdt":    {Offset: 36000, DST: true},
	"kgst":   {Offset: 21600, DST: true},
	"kgt":    {Offset: 21600, Zone: "Asia/Bishkek"},
	"kost":   {Offset: 39600, Zone: "Pacific/Kosrae"},
	"krast":  {Offset: 25200, Zone: "Asia/Krasnoyarsk"},
	"krat":   {Offset: 25200, Zone: "Asia/Krasnoyarsk"},
	"kst":    {Offset: 32400},
	"lhdt":   {Offset: 39600, DST: true, Zone: "Australia/Lord_Howe"},
	"lhst":   {Offset: 37800},
	"ligt":   {Offset: 36000},
	"lint":   {Offset: 50400, Zone: "Pacific/Kiritimati"},
	"lkt":    {Offset: 19800, Zone: "Asia/Colombo"},
	"magst":  {Offset: 39600, Zone: "Asia/Magadan"},
	"magt":   {Offset: 39600, Zone: "Asia/Magadan"},
	"mart":   {Offset: -34200},
	"mawt":   {Offset: 18000, Zone: "Antarctica/Mawson"},
	"mdt":    {Offset: -21600, DST: true},
	"mest":   {Offset: 7200, DST: true},
	"mesz":   {Offset: 7200, DST: true},
	"met":    {Offset: 3600},
	"metdst": {Offset: 7200, DST: true},
	"mez":    {Offset: 3600},
	"mht":    {Offset: 43200},
	"mmt":    {Offset: 23400},
	"mpt":    {Offset: 36000},
	"msd":    {Offset: 14400, DST: true},
	"msk":    {Offset: 10800, Zone: "Europe/Moscow"},
	"mst":    {Offset: -25200},
	"must":   {Offset: 18000, DST: true},
	"mut":    {Offset: 14400},
	"mvt":    {Offset: 18000},
	"myt":    {Offset: 28800},
	"ndt":    {Offset: -9000, DST: true},
	"nft":    {Offset: -12600},
	"novst":  {Offset: 25200, Zone: "Asia/Novosibirsk"},
	"novt":   {Offset: 25200, Zone: "Asia/Novosibirsk"},
	"npt":    {Offset: 20700},
	"nst":    {Offset: -12600},
	"nut":    {Offset: -39600, Zone: "Pacific/Niue"},
	"nzdt":   {Offset: 46800, DST: true},
	"nzst":   {Offset: 43200},
	"nzt":    {Offset: 43200},
	"omsst":  {Offset: 21600, Zone: "Asia/Omsk"},
	"omst":   {Offset: 21600, Zone: "Asia/Omsk"},
	"pdt":    {Offset: -25200, DST: true},
	"pet":    {Offset: -18000},
	"petst":  {Offset: 43200, Zone: "Asia/Kamchatka"},
	"pett":   {Offset: 43200, Zone: "Asia/Kamchatka"},
	"pgt":    {Offset: 36000},
	"pht":    {Offset: 28800},
	"pkst":   {Offset: 21600, DST: true},
	"pkt":    {Offset: 18000},
	"pmdt":   {Offset: -7200, DST: true},
	"pmst":   {Offset: -10800},
	"pont":   {Offset: 39600},
	"pst":    {Offset: -28800},
	"pwt":    {Offset: 32400},
	"pyst":   {Offset: -10800, DST: true},
	"pyt":    {Offset: -10800, Zone: "America/Asuncion"},
	"ret":    {Offset: 14400},
	"sadt":   {Offset: 37800, DST: true},
	"sast":   {Offset: 7200},
	"sct":    {Offset: 14400},
	"sgt":    {Offset: 28800, Zone: "Asia/Singapore"},
	"taht":   {Offset: -36000},
	"tft":    {Offset: 18000},
	"tjt":    {Offset: 18000},
	"tkt":    {Offset: 46800, Zone: "Pacific/Fakaofo"},
	"tmt":    {Offset: 18000, Zone: "Asia/Ashgabat"},
	"tot":    {Offset: 46800},
	"trut":   {Offset: 36000},
	"tvt":    {Offset: 43200},
	"uct":    {Offset: 0},
	"ulast":  {Offset: 32400, DST: true},
	"ulat":   {Offset: 28800, Zone: "Asia/Ulaanbaatar"},
	"ut":     {Offset: 0},
	"utc":    {Offset: 0},
	"uyst":   {Offset: -7200, DST: true},
	"uyt":    {Offset: -10800},
	"uzst":   {Offset: 21600, DST: true},
	"uzt":    {Offset: 18000},
	"vet":    {Offset: -14400, Zone: "America/Caracas"},
	"vlast":  {Offset: 36000, Zone: "Asia/Vladivostok"},
	"vlat":   {Offset: 36000, Zone: "Asia/Vladivostok"},
	"volt":   {Offset: 10800, Zone: "Europe/Volgograd"},
	"vut":    {Offset: 39600},
	"wadt":   {Offset: 28800, DST: true},
	"wakt":   {Offset: 43200},
	"wast":   {Offset: 25200},
	"wat":    {Offset: 3600},
	"wdt":    {Offset: 32400, DST: true},
	"wet":    {Offset: 0},
	"wetdst": {Offset: 3600, DST: true},
	"wft":    {Offset: 43200},
	"wgst":   {Offset: -7200, DST: true},
	"wgt":    {Offset: -10800},
	"xjt":    {Offset: 21600},
	"yakst":  {Offset: 32400, Zone: "Asia/Yakutsk"},
	"yakt":   {Offset: 32400, Zone: "Asia/Yakutsk"},
	"yapt":   {Offset: 36000},
	"yekst":  {Offset: 21600, DST: true},
	"yekt":   {Offset: 18000, Zone: "Asia/Yekaterinburg"},
	"z":      {Offset: 0},
	"zulu":   {Offset: 0},
}

// FindAbbreviation looks an abbreviation up; name is in lower case.
func FindAbbreviation(name string) (Abbreviation, bool) {
	if len(name) > 10 {
		name = name[:10]
	}
	a, ok := abbreviations[name]
	return a, ok
}

// OffsetAtLocal gives the seconds east of UTC the abbreviation means at a local time (seconds since 1970 as if it were UTC).
func (a Abbreviation) OffsetAtLocal(name string, local int64) int {
	loc := a.zone()
	if loc == nil {
		return a.Offset
	}
	return a.at(loc, name, local-int64(LocalOffset(loc, local)))
}

// OffsetAt gives the seconds east of UTC the abbreviation means at an instant (seconds since 1970).
func (a Abbreviation) OffsetAt(name string, unix int64) int {
	loc := a.zone()
	if loc == nil {
		return a.Offset
	}
	return a.at(loc, name, unix)
}

func (a Abbreviation) zone() *time.Location {
	if a.Zone == "" {
		return nil
	}
	loc, ok := Load(a.Zone)
	if !ok {
		return nil
	}
	return loc
}

// at finds the offset the zone last had under the abbreviation at an instant, or will first have after it; a zone that has
// never gone by it gives its own.
func (a Abbreviation) at(loc *time.Location, name string, unix int64) int {
	name = strings.ToUpper(name)
	t := time.Unix(unix, 0).In(loc)
	_, own := t.Zone()
	for at, n := t, 0; n < 400; n++ {
		abbrev, off := at.Zone()
		if abbrev == name {
			return off
		}
		start, _ := at.ZoneBounds()
		if start.IsZero() {
			break
		}
		at = start.Add(-time.Second)
	}
	for at, n := t, 0; n < 400; n++ {
		_, end := at.ZoneBounds()
		if end.IsZero() {
			break
		}
		at = end
		if abbrev, off := at.Zone(); abbrev == name {
			return off
		}
	}
	return own
}
