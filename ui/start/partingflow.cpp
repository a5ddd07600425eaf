// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/start/partingflow.h"

#include "replica/erasing.h"
#include "ui/start/farewells.h"
#include "ui/window/parteddialog.h"

namespace Earshot {

PartingFlow::PartingFlow() = default;
PartingFlow::~PartingFlow() = default;

void PartingFlow::begin(ReplicaSession &session, Parting parting)
{
    if (parting == Parting::erase) {
        // Also where the words were being offered: they go with the rest.
        m_isToErase = true;
        m_dialog.reset();
        Q_EMIT toErase(Farewells::toldToErase(session.server()));
        return;
    }
    // What was typed last is there too.
    whenDone(session.close(), this, [this, &session](const Done &) {
        if (m_isToErase)
            return;
        const OwnWords unread{{}, false};
        OwnWords words = session.workspace().readNow<OwnWords>(loadOwnWords).value_or(unread);
        // Where the file did not take them.
        for (const DraftRecord &draft : session.unwrittenDrafts()) {
            const QString typed = ownWordsOf(draft);
            if (!typed.isEmpty() && !words.texts.contains(typed))
                words.texts.append(typed);
        }
        if (words.areAll && words.texts.isEmpty())
            eraseDisabled(session);
        else
            offer(session, words);
    });
}

void PartingFlow::offer(ReplicaSession &session, const OwnWords &words)
{
    m_dialog = std::make_unique<PartedDialog>(session.server().authority(), words.texts, words.areAll);
    connect(m_dialog.get(), &PartedDialog::deleteAsked, this, [this, &session] {
        m_dialog->hide();
        eraseDisabled(session);
    });
    connect(m_dialog.get(), &QDialog::rejected, this, &PartingFlow::putOff);
    m_dialog->show();
}

void PartingFlow::eraseDisabled(ReplicaSession &session)
{
    const QUrl server = session.server();
    static_cast<void>(beginErasure(session.workspace().path(), server, {}, session.tokenId()));
    Q_EMIT toErase(Farewells::withdrawn(server));
}

} // namespace Earshot
