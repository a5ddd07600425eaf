// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/parting.h"
#include "replica/replicasession.h"

#include <memory>

namespace Earshot {

class PartedDialog;
struct OwnWords;

/// The server says that what is here may no longer be: what the person typed here is offered first, where it is theirs.
class PartingFlow final : public QObject
{
    Q_OBJECT

public:
    PartingFlow();
    ~PartingFlow() override;

    /// @param session whose window is closed; outlives what follows, until toErase()
    void begin(ReplicaSession &session, Parting parting);

Q_SIGNALS:
    /// It is noted that the replica is to be erased. @param why in words
    void toErase(const QString &why);
    /// The person wants to keep the words for now.
    void putOff();

private:
    void offer(ReplicaSession &session, const OwnWords &words);
    void eraseDisabled(ReplicaSession &session);

    std::unique_ptr<PartedDialog> m_dialog;
    bool m_isToErase = false;
};

} // namespace Earshot
