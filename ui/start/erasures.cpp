// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/start/erasures.h"

#include "courier/session.h"
#include "ui/shell/knownworkspaces.h"
#include "ui/start/keyring.h"
#include "ui/window/windowplaces.h"

#include <QFileInfo>
#include <QSet>

namespace Earshot {

Erasures::Erasures(Keyring &keyring, const Clock &clock)
    : m_keyring(keyring)
    , m_clock(clock)
{
}

void Erasures::erase(const QString &file)
{
    WindowPlaces::forget(file);
    m_erasing.push_back(std::make_unique<Erasing>(file, m_keyring.tokens(), m_clock));
    connect(m_erasing.back().get(), &Erasing::ended, this, [this, file](const QString &left) {
        KnownWorkspaces::forget(file);
        Q_EMIT erased(left);
    });
    m_erasing.back()->run();
}

void Erasures::carryOn(const QString &file)
{
    QSet<QString> folders{QFileInfo(defaultWorkspacePath()).absolutePath(), QFileInfo(file).absolutePath()};
    for (const KnownWorkspace &known : KnownWorkspaces::all())
        folders.insert(QFileInfo(known.file).absolutePath());
    for (const QString &folder : std::as_const(folders)) {
        for (const QString &path : erasuresIn(folder)) {
            // A mark lies beside the file itself: what a link leads to was not meant.
            if (KnownWorkspaces::isSame(path, file) || QFileInfo(path).isSymLink())
                continue;
            WindowPlaces::forget(path);
            m_erasing.push_back(std::make_unique<Erasing>(path, m_keyring.tokens(), m_clock));
            connect(m_erasing.back().get(), &Erasing::ended, this, [path] { KnownWorkspaces::forget(path); });
            m_erasing.back()->run();
        }
        for (const QString &path : logInsLeftIn(folder)) {
            m_erasing.push_back(std::make_unique<Erasing>(path, m_keyring.tokens(), m_clock));
            m_erasing.back()->removeLogIn();
        }
        for (const QString &path : erasedReportsIn(folder)) {
            m_reporting.push_back(std::make_unique<ErasedReporting>(path, m_clock));
            m_reporting.back()->run();
        }
    }
}

} // namespace Earshot
