; 'Open with Hyena Studio' in the menu of folders, for those of runs.
!macro customInstall
  WriteRegStr SHCTX "Software\Classes\Directory\shell\HyenaStudio" "" "Open with Hyena Studio"
  WriteRegStr SHCTX "Software\Classes\Directory\shell\HyenaStudio" "Icon" "$INSTDIR\${APP_EXECUTABLE_FILENAME}"
  WriteRegStr SHCTX "Software\Classes\Directory\shell\HyenaStudio\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
!macroend

!macro customUnInstall
  DeleteRegKey SHCTX "Software\Classes\Directory\shell\HyenaStudio"
!macroend
