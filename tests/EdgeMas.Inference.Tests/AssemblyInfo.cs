// One after another: models compute on all cores, by spinning, and side by side only slow each other down.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
