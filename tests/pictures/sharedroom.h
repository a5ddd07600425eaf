// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/pictures/camera.h"
#include "tests/server/cuttingproxy.h"
#include "tests/ui/shareddesktop.h"

namespace Earshot {

/// The states that only a shared workspace has: a server that is gone, what it refused, devices, leaving. Kim works at
/// one desktop, and types at another one, whose window nobody sees.
class SharedRoom final
{
public:
    /// @param camera and appearance outlive this
    SharedRoom(Camera &camera, Appearance &appearance);
    ~SharedRoom();
    void run();

private:
    static constexpr ConversationId first{1};
    static constexpr ConversationId second{2};
    static constexpr ConversationId third{3};

    bool until(const char *what, const Camera::Condition &condition) { return m_camera.until(what, condition); }
    void fill();
    void begin();
    void drafts();
    void write(ConversationId id);
    void tell(const DraftRecord &draft);
    void heldUp();
    void offline();
    void refused();
    void edited();
    // sharedunsure.cpp
    void turnAway();
    void unsure();
    void leave();
    void comeBack();
    void away();
    void devices();
    void leaving();
    void parted();
    [[nodiscard]] QWidget *widget(const char *name) const;
    template <class T>
    [[nodiscard]] T *find(const char *name) const
    {
        return qobject_cast<T *>(widget(name));
    }
    [[nodiscard]] bool isShown(const char *name) const;
    void click(const char *name) const;
    void open(const char *command, const char *dialog);
    void close(const char *dialog);
    void send(const QString &text);
    /// Ana answers the same meanwhile.
    void answerAs(AgentId agent, const char *text);

    Camera &m_camera;
    Appearance &m_appearance;
    ServerWorld m_world{{}, 0};
    const quint16 m_port;
    CuttingProxy m_line{QStringLiteral("127.0.0.1"), m_port}; ///< what stands before the server
    std::unique_ptr<SharedDesktop> m_kim;
    std::unique_ptr<SharedDesktop> m_other;
};

} // namespace Earshot
