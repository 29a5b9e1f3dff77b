"""Cases as Open311 GeoReport v2 says them: services, requests and tokens, in XML and JSON, city by city."""
