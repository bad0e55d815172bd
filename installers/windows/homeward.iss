; Inno Setup 6: an installer for the whole machine. Silent: homeward-VERSION-setup.exe /VERYSILENT /SUPPRESSMSGBOXES /NORESTART
; NOT RUN YET: written on a machine without Windows. build.cmd calls it; try it on one laptop before you trust it.
#ifndef Version
  #error Call it by build.cmd, which says the version.
#endif

[Setup]
AppId={{6B0F9B6E-0F6B-4B0E-9C39-8B6E0B7E6C51}
AppName=Homeward
AppVersion={#Version}
AppPublisher=Homeward
VersionInfoVersion={#Version}
DefaultDirName={autopf}\Homeward
DisableProgramGroupPage=yes
PrivilegesRequired=admin
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
OutputDir=..\..\out\dist
OutputBaseFilename=homeward-{#Version}-setup
SetupIconFile=..\..\out\homeward.ico
UninstallDisplayIcon={app}\homeward-window.exe
Compression=lzma2
SolidCompression=yes
ChangesEnvironment=yes
; signed by the council's own certificate where build.cmd was given one
#ifdef SignTool
SignTool={#SignTool}
#endif

[Files]
Source: "..\..\out\pyinstaller\homeward\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion
; what an administrator set stays through every update, and goes with no uninstallation
Source: "..\linux\laptop.toml"; DestDir: "{commonappdata}\Homeward"; Flags: onlyifdoesntexist uninsneveruninstall

[Icons]
Name: "{autoprograms}\Homeward"; Filename: "{app}\homeward-window.exe"

[Registry]
Root: HKLM; Subkey: "Software\Classes\SystemFileAssociations\.pdf\shell\HomewardVerify"; ValueType: string; ValueData: "Check the signature with Homeward"; Flags: uninsdeletekey
Root: HKLM; Subkey: "Software\Classes\SystemFileAssociations\.pdf\shell\HomewardVerify\command"; ValueType: string; ValueData: "cmd /k """"{app}\homeward.exe"" verify ""%1"""""
Root: HKLM; Subkey: "SYSTEM\CurrentControlSet\Control\Session Manager\Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Check: IsNotOnPath

[Code]
function IsNotOnPath: Boolean;
var
  Found: string;
begin
  if not RegQueryStringValue(HKLM, 'SYSTEM\CurrentControlSet\Control\Session Manager\Environment', 'Path', Found) then
    Found := '';
  Result := Pos(';' + Uppercase(ExpandConstant('{app}')) + ';', ';' + Uppercase(Found) + ';') = 0;
end;
