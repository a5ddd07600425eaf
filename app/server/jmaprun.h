// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/future.h"
#include "server/actionwire.h"
#include "server/authenticator.h"
#include "server/jmaprequest.h"
#include "server/readmethods.h"
#include "server/viewer.h"
#include "workspace/workspace.h"

#include <QJsonArray>
#include <QSet>

#include <memory>

namespace Earshot {

/// One request on its way through the JmapProcessor: what was answered, and what is made ready to be done next. Touched
/// by one thread at a time: a reader's, then the desk's.
struct JmapRun
{
    Principal principal;
    JmapRequest request;
    QList<MethodCall> responses;
    qsizetype next = 0;
    Viewer viewer;
    CreatedIds created;
    std::optional<QJsonArray> actions; ///< of the Action/perform that is next, found good
    QSet<QUuid> withForeignFiles;      ///< of those, who would send a file that the agent may not have
    QSet<qsizetype> atHidden;          ///< places of those that are about what the agent may not see
    QJsonArray outcomes;
    qsizetype noted = 0;             ///< of those, looked at for the access log
    std::optional<QJsonObject> deed; ///< the arguments of the method of DeedMethods that is next
    QString deedAtHidden;            ///< what that one is about, where the agent may not see it
    qint64 referenceBytesLeft = 0;
    qint64 responseBytesLeft = 0;
    Duration searchTimeLeft{};
    QStringList forbidden; ///< methods that this agent may not call, or not about that; to be noted
    std::shared_ptr<Pending<QJsonObject>> pending = Pending<QJsonObject>::create();

    /// Of an action as the wire has it.
    [[nodiscard]] static QUuid idOf(const QJsonValue &action);
    [[nodiscard]] bool isDone() const { return next == request.calls.size(); }
    /// What is to be read before the few actions that it consists of takes less time than handing it to another thread.
    [[nodiscard]] bool isBrief() const;
    /// The next method is answered.
    void respond(const MethodResult &result);

    /// Reading calls up to the next one that does something, whose arguments are made ready.
    [[nodiscard]] Result<bool> readSegment(Database &database, const Workspace &workspace, const ServerLimits &limits,
                                           Time now);

private:
    void respondBounded(const MethodResult &result);
    void respondToQuestion(MethodContext &context, const Workspace &workspace, const QJsonObject &arguments);
    void prepareDeed(Database &database, const QJsonObject &arguments);
    [[nodiscard]] MethodResult withoutAccount(const QJsonObject &arguments) const;
    [[nodiscard]] bool isForThis(const QJsonObject &arguments) const;
    void prepareActions(Database &database, const QJsonObject &arguments, const ServerLimits &limits);
};

} // namespace Earshot
