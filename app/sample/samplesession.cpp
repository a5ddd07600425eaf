// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sample/samplesession.h"

#include "sample/sample.h"

#include <QTemporaryDir>

namespace Earshot {

namespace {

/// A session whose file goes with it.
class SampleSession final : public Session
{
public:
    SampleSession(std::unique_ptr<QTemporaryDir> folder, std::unique_ptr<Session> session)
        : m_folder(std::move(folder))
        , m_session(std::move(session))
    {
    }

    [[nodiscard]] Workspace &workspace() override { return m_session->workspace(); }
    [[nodiscard]] Desk &desk() override { return m_session->desk(); }
    [[nodiscard]] ChannelService &channels() override { return m_session->channels(); }
    [[nodiscard]] bool isOwner() const override { return m_session->isOwner(); }
    [[nodiscard]] QFuture<Done> close() override { return m_session->close(); }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Session> m_session;
};

} // namespace

Result<std::unique_ptr<Session>> openSampleSession(const Clock &clock)
{
    auto folder = std::make_unique<QTemporaryDir>();
    if (!folder->isValid())
        return fail(ErrorKind::io, folder->errorString());
    Result<Sample> sample = makeSample(folder->path(), clock);
    if (!sample)
        return tl::unexpected(sample.error());
    Session::Options options;
    options.path = sample->path;
    options.runsCourier = true;
    options.http = std::move(sample->http);
    options.secrets = std::move(sample->secrets);
    auto session = Session::open(std::move(options), clock);
    if (!session)
        return session;
    return std::unique_ptr<Session>(new SampleSession(std::move(folder), std::move(*session)));
}

} // namespace Earshot
