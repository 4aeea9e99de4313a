; Windows: the installer (Inno Setup 6), for one user and without an administrator.
; WRITTEN, NEVER RUN: there was no such machine. What to check first stands at the end.
;
;   py -3.11 -m venv .venv-build
;   .venv-build\Scripts\python -m pip install --require-hashes -r requirements-build.txt
;   .venv-build\Scripts\python -m pip install --no-deps --no-build-isolation --editable .
;   .venv-build\Scripts\pyinstaller --noconfirm --distpath build\frozen --workpath build\work build.spec
;   iscc /DVersion=0.1.0 resources\packaging\windows\permanence.iss

#ifndef Version
  #error Version is missing: iscc /DVersion=0.1.0 (that of pyproject.toml)
#endif
#define Root "..\..\.."

[Setup]
; Never to be changed: an update knows by it what it updates.
AppId={{6E0A7F5B-3B0C-4D57-9C86-5D1E2B7F4A10}
AppName=Permanence
AppVersion={#Version}
VersionInfoVersion={#Version}
AppPublisher=Permanence
DefaultDirName={localappdata}\Programs\Permanence
DisableDirPage=yes
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
; Qt 6.11 wants Windows 10 1809 at least, 64 bits.
MinVersion=10.0.17763
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
OutputDir={#Root}\build
OutputBaseFilename=permanence-{#Version}-windows
SetupIconFile={#Root}\build\work\build\permanence.ico
UninstallDisplayIcon={app}\permanence.exe
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes
ChangesAssociations=no

[Languages]
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"

[CustomMessages]
fr.Kept=Les brouillons, chiffrés, restent dans %1. Effacez ce dossier si vous n’en voulez plus.

[InstallDelete]
; A library that the new version no longer has must not be found by it.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Root}\build\frozen\permanence\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\Permanence"; Filename: "{app}\permanence.exe"; Comment: "Dossiers d’adhésion santé, sans réseau"

[Run]
Filename: "{app}\permanence.exe"; Description: "{cm:LaunchProgram,Permanence}"; Flags: nowait postinstall skipifsilent

[Code]
procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Folder: String;
begin
  Folder := ExpandConstant('{localappdata}\permanence');
  if (CurUninstallStep = usPostUninstall) and DirExists(Folder) and not UninstallSilent then
    MsgBox(FmtMessage(CustomMessage('Kept'), [Folder]), mbInformation, MB_OK);
end;

; No type of file: Windows looks at the last extension alone, and .json is everybody's.
; To check on a first run: the console window stays hidden (hide_console in build.spec) while `permanence check` still
; prints in a terminal; Qt finds qwindows.dll after what build.spec leaves out; the French of the wizard is whole;
; SmartScreen names an unsigned installer: sign permanence.exe and the installer (signtool) before handing them out.
