// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/workspaceswitch.h"

#include "ui/shell/commandregistry.h"
#include "ui/window/workspacesdialog.h"

#include <QCryptographicHash>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QWidget>

#include <algorithm>

namespace Earshot {

namespace {

constexpr qsizetype mostNamed = 9;

/// The workspace's own, whatever others come and go: a person may have given it a key.
QString goTo(const KnownWorkspace &workspace)
{
    const QByteArray hash = QCryptographicHash::hash(workspace.file.toUtf8(), QCryptographicHash::Sha256);
    return QStringLiteral("workspace.go-") + QString::fromLatin1(hash.toHex().left(12));
}

} // namespace

WorkspaceSwitch::WorkspaceSwitch(QString current, QWidget *window)
    : QObject(window)
    , m_current(std::move(current))
    , m_window(window)
{
    window->installEventFilter(this);
}

void WorkspaceSwitch::addCommands(CommandRegistry &commands)
{
    Command list;
    list.id = QStringLiteral("workspace.switch");
    list.text = tr("S&witch workspace…");
    list.shortcut = QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O);
    list.run = [this] {
        auto *dialog = new WorkspacesDialog(m_current, m_window);
        connect(dialog, &WorkspacesDialog::chosen, this, &WorkspaceSwitch::workspaceAsked);
        dialog->open();
    };
    commands.add(std::move(list));
    Command another;
    another.id = QStringLiteral("workspace.another");
    another.text = tr("&Join or begin another workspace…");
    another.run = [this] { Q_EMIT workspaceAsked({}); };
    commands.add(std::move(another));
    Command read;
    read.id = QStringLiteral("workspace.read");
    read.text = tr("Open a file for rea&ding…");
    read.run = [this] { chooseToRead(); };
    commands.add(std::move(read));
    m_commands = &commands;
    nameThem();
}

/// A backup, a dated copy, or one's own of another day.
void WorkspaceSwitch::chooseToRead()
{
    auto *dialog = new QFileDialog(m_window, tr("Open a file for reading"), QFileInfo(m_current).absolutePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Workspaces, replicas and copies of them (%1)").arg(QStringLiteral("*.earshot")),
                            tr("All files (%1)").arg(QStringLiteral("*"))});
    connect(dialog, &QFileDialog::fileSelected, this, &WorkspaceSwitch::readingAsked);
    dialog->open();
}

/// Other windows note theirs meanwhile.
bool WorkspaceSwitch::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_window && event->type() == QEvent::WindowActivate && m_commands)
        nameThem();
    return false;
}

void WorkspaceSwitch::nameThem()
{
    QList<KnownWorkspace> others = KnownWorkspaces::all();
    others.removeIf([this](const KnownWorkspace &one) { return KnownWorkspaces::isSame(one.file, m_current); });
    others.resize(std::min(others.size(), mostNamed));
    if (others == m_named)
        return;
    for (const KnownWorkspace &one : std::exchange(m_named, others))
        m_commands->remove(goTo(one));
    for (const KnownWorkspace &one : std::as_const(m_named)) {
        Command go;
        go.id = goTo(one);
        go.text = tr("Switch to %1").arg(QString(one.name).replace(u'&', QStringLiteral("&&")));
        go.run = [this, file = one.file] { Q_EMIT workspaceAsked(file); };
        m_commands->add(std::move(go));
    }
    m_commands->restoreKeys();
}

} // namespace Earshot
