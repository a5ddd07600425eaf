// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/start/program.h"

#include "networks/authorities.h"
#include "ui/shell/errortext.h"
#include "ui/start/newformdialog.h"
#include "ui/start/opening.h"
#include "workspace/filesystem.h"
#include "workspace/schema.h"

#include <QFileInfo>

namespace Earshot {

// From a file to what is shown of it.

/// One of an older version is brought to today's form first, or a copy of it where it is for reading, while its window
/// says so.
void Program::open()
{
    if (!isOlderForm(m_file)) {
        openInNewForm();
        return;
    }
    const auto replica = ReplicaFile::describe(m_file);
    const QFileInfo file(m_file);
    const bool isToStay =
        m_isForReading || (replica && replica->isFrozen) || !file.isWritable() || !mayMakeFilesIn(file.absolutePath());
    m_newForm = std::make_unique<NewFormDialog>(m_file, isToStay);
    connect(m_newForm.get(), &NewFormDialog::brought, this, &Program::onNewForm);
    connect(m_newForm.get(), &NewFormDialog::failed, this, [this](const Error &why) {
        // Where it cannot be written to, or another process has it, that is seen to when it is opened.
        if (why.kind == ErrorKind::locked || why.kind == ErrorKind::readOnly) {
            onNewForm();
            return;
        }
        m_newForm.release()->deleteLater();
        giveUp(ErrorText::of(why));
    });
    m_newForm->begin();
}

void Program::onNewForm()
{
    const bool isToQuit = m_newForm->isToQuit();
    m_read = m_newForm->takeRead();
    m_newForm.release()->deleteLater();
    if (isToQuit)
        Q_EMIT ended(0);
    else
        openInNewForm();
}

/// A file that follows a server's workspace follows it with what the keychain has for that server. The window does not
/// wait for that: a keychain may ask for its password first.
void Program::openInNewForm()
{
    const auto replica = ReplicaFile::describe(m_file);
    if (!replica) {
        openHere();
        return;
    }
    m_asOf = replica->asOf;
    m_name = QUrl(replica->source.server).authority();
    if (replica->isFrozen) {
        m_whyReadOnly = MainWindow::tr("This is a copy of what was here then, for reading. It follows nobody, and "
                                       "nothing is done with it.");
        openHere();
        return;
    }
    if (m_isForReading) {
        openHere();
        return;
    }
    if (m_authorities.isEmpty() && !replica->authorities.isEmpty() && !trustAuthorities(replica->authorities))
        qWarning("the certificates that were kept for this server cannot be read");
    openReplica(std::nullopt);
    if (!m_replica)
        return;
    const auto found = findReplicaToken(m_keyring.tokens(), QUrl(replica->source.server), m_file, m_replica);
    whenDone(found, m_replica, [session = m_replica](const Result<Secret> &token) {
        if (!token)
            qWarning("the log-in could not be read: %s", qUtf8Printable(token.error().detail));
        session->takeKept(token.value_or(Secret()));
    });
}

void Program::openHere()
{
    OpenedFile opened = openFile(m_file, m_agent, m_keyring.keyFile(), m_whyReadOnly, m_clock, std::move(m_read));
    m_whyReadOnly = opened.whyReadOnly;
    if (!opened.session) {
        giveUp(ErrorText::of(opened.session.error()));
        return;
    }
    m_session = std::move(*opened.session);
    showWindow(m_name.isEmpty() ? QFileInfo(m_file).completeBaseName() : m_name,
               m_session->isOwner() ? heardUntil(m_session->workspace()) : Time());
}

void Program::openReplica(const std::optional<Secret> &token)
{
    // Whoever went back meanwhile is elsewhere.
    if (m_session)
        return;
    keepAuthorities();
    ReplicaSession::Options options;
    options.path = m_file;
    options.token = token.value_or(Secret());
    options.awaitsToken = !token;
    auto session = ReplicaSession::open(options, m_clock);
    if (!session && (session.error().kind == ErrorKind::locked || session.error().kind == ErrorKind::readOnly)) {
        // Read beside whoever follows with it, or where nobody can.
        openHere();
        return;
    }
    if (!session) {
        giveUp(ErrorText::of(session.error()));
        return;
    }
    m_replica = session->get();
    m_session = std::move(*session);
    connect(m_replica, &ReplicaSession::usable, this, [this] {
        m_join.hide();
        if (!m_window)
            showWindow(m_replica->server().authority());
    });
    connect(m_replica, &ReplicaSession::parted, this, &Program::part, Qt::QueuedConnection);
    connect(&m_session->desk(), &Desk::statusChanged, this, &Program::followJoining);
    followJoining();
}

/// For the next start.
void Program::keepAuthorities()
{
    if (m_authorities.isEmpty())
        return;
    const auto file = ReplicaFile::open(m_file, m_clock);
    if (!file || !(*file)->keepAuthorities(m_authorities))
        qWarning("the certificates could not be kept: name them with --ca-file again");
}

} // namespace Earshot
