module threadstance

go 1.26
