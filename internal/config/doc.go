// Package config owns the settings: supabase/config.toml, the environment and the command line's flags in, one struct
// out, with every fault reported at once and where it stands. It knows which keys the Supabase CLI knows. It knows
// nothing of how a setting is used, and reads no file but config.toml.
package config
