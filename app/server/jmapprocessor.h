// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/localdesk.h"
#include "server/accesslog.h"
#include "server/actionwire.h"
#include "server/authenticator.h"
#include "server/deskmethods.h"
#include "server/jmaprequest.h"
#include "server/viewer.h"

#include <memory>

namespace Earshot {

struct JmapRun;

/// Carries out JMAP requests (RFC 8620 3) on a desk. The reading calls between two that do something share one
/// snapshot; those after one see what it did. Lives on the desk's thread; reads and writes happen on the workspace's.
class JmapProcessor final : public QObject
{
    Q_OBJECT

public:
    /// @param channels null = no networks here
    JmapProcessor(LocalDesk &desk, AccessLog &log, ChannelService *channels, PresenceClients &presence,
                  const ServerLimits &limits, QObject *parent = nullptr);
    ~JmapProcessor() override;

    /// The Response object (RFC 8620 3.4), without its outer braces' extras: whoever sends it may add to it.
    /// Ends once, on this thread. Errors: permission (the agent is no more), io.
    [[nodiscard]] QFuture<Result<QJsonObject>> run(const Principal &principal, JmapRequest request);

    /// How many are being carried out.
    [[nodiscard]] int runningCount() const { return m_running; }

Q_SIGNALS:
    /// Nothing is being carried out any more.
    void idle();
    /// See DeedMethods.
    void draftSet(Earshot::AgentId agent, qint64 version);

private:
    using RunPointer = std::shared_ptr<JmapRun>;

    void advance(const RunPointer &run);
    void onAdvanced(const RunPointer &run, const Result<bool> &result);
    void perform(const RunPointer &run);
    void performRest(const RunPointer &run, qsizetype from);
    void runDeed(const RunPointer &run);
    void goOn(const RunPointer &run);
    void noteRefusals(const RunPointer &run);
    void noteRefusal(const RunPointer &run, const QString &what);
    void finish(const RunPointer &run);

    LocalDesk &m_desk;
    AccessLog &m_log;
    DeedMethods m_deeds;
    const ServerLimits m_limits;
    int m_running = 0;
};

} // namespace Earshot
