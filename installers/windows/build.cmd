@echo off
rem The installer for Windows, by one command. Needs Python 3.11 to 3.14 and Inno Setup 6 (iscc on the path).
rem NOT RUN YET: written on a machine without Windows. Every step stops at its first mistake.
setlocal
cd /d "%~dp0..\.." || exit /b 1
set "PY=out\environments\windows\Scripts\python.exe"
if not exist "%PY%" python -m venv out\environments\windows || exit /b 1
"%PY%" -m pip install -q --require-hashes -r requirements-desktop.lock || exit /b 1
"%PY%" -m pip install -q --require-hashes -r requirements-make.lock || exit /b 1
"%PY%" -m pip install -q --no-deps --no-build-isolation --force-reinstall . || exit /b 1
"%PY%" -m installers.icon out\homeward.ico || exit /b 1
"%PY%" -m installers.version_resource out\homeward.version || exit /b 1
"%PY%" -m PyInstaller -y --log-level WARN --distpath out\pyinstaller --workpath out\pyinstaller\work build.spec || exit /b 1
for /f %%v in ('"%PY%" -c "import casework; print(casework.VERSION)"') do set "VERSION=%%v"
rem HOMEWARD_SIGN may hold a signtool command of Inno Setup's kind, with $f for the file.
if defined HOMEWARD_SIGN (
    iscc /DVersion=%VERSION% /DSignTool=council "/Scouncil=%HOMEWARD_SIGN%" installers\windows\homeward.iss || exit /b 1
) else (
    iscc /DVersion=%VERSION% installers\windows\homeward.iss || exit /b 1
)
echo out\dist\homeward-%VERSION%-setup.exe
