@rem Stands for the exec of other shells in the scripts of package.json, since cmd.exe has none.
@%*
